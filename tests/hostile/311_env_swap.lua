-- [NO_ESCAPE] tries: put another table in the place of _ENV and look for names behind it; correct: must see only what it put there itself
local text=tostring
local _ENV={}
if io or os or load or string then return 'ESCAPED '..text(io) end
