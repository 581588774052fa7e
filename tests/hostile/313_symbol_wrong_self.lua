-- [NO_CRASH] tries: call a test with a library, a function and a number for its fact; correct: must end in an ordinary diagnostic
local is=case.as_of.is
local f=function(x) return is(x,1) end
f(string) f(f) f(1)
