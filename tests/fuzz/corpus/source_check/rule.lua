local m = item "milestone" -- the record
rule "a.b" { title = 'T', when = all { m.amount:at_least(usd "5.00"), case.as_of:known() } }
for i = 1, 0x10 do local x <const> = i // 2 % 3 end
if 1 ~= 2 and 'a' == "b" then goto done elseif #{} >= 0 then repeat until true end ::done::
