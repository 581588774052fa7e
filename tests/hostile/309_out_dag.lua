-- [OUT_REJECT] tries: a condition that contains itself twice, fifty levels deep: 2^50 bytes when written out; correct: must be refused by the limit of an answer, in the child
local x=case.as_of:known() for i=1,50 do x=all{x,x} end
flag 'f' { when = x }
