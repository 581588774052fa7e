flag "f" { when = param.regime:on(contract.formed_at):is "on_record" }
