-- [STOP_INSTR] tries: format wide numbers for ever: much work in C for few instructions; correct: must be stopped by the instruction limit within 1 s
local i=0 while true do i=i+1 local s=('%99d%99d%99d'):format(i,i,i) end
