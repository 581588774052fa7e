-- [NO_ESCAPE] tries: a predicate that remembers an iterator of pairs, which moves on from call to call; correct: must be refused when the file ends, with the line of the predicate
local step,t=pairs({a=1,b=2})
flag 'f' { when = predicate { reads = { case.as_of }, test = function() return step(t)=='a' end } }
