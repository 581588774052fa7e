local a, b = 'a\'/\z
   b', "\
-- ^ 1.5"
local c = [==[ ]] / ]=] ]==] --[[ 1.5
/ ]] --[=[ ]] ^ ]=]
local d = { [1] = 2; x = 3, ['y'] = function(...) return select('#', ...) end }
