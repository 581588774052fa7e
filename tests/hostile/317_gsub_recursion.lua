-- [NO_CRASH] tries: recursion through the function of gsub; correct: must end in an ordinary diagnostic
local function f(s) return (s:gsub('.',f)) end f('abc')
