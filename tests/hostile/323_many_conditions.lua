-- [STOP_MEM] tries: conditions without end; correct: must be stopped by the limit of conditions, or by the instruction limit
local t={} while true do t[1]=case.as_of:known() end
