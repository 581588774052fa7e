-- [NO_ESCAPE] tries: keep the record of one list and ask it where it does not exist; correct: the jail may declare it, but who reads the message must refuse the variable
local kept
flag 'a' { when = some('deliveries',function(d) kept=d return d.at:known() end) }
flag 'b' { when = kept.at:known() }
