-- [STOP_INSTR] tries: compare two texts of a megabyte for ever, each within one instruction; correct: must be stopped by the instruction limit within 1 s
local a=('x'):rep(1000000) local b=('x'):rep(1000000) while true do local c=a<b end
