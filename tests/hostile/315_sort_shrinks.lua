-- [NO_CRASH] tries: a comparator that empties the table while it is sorted; correct: must end in an ordinary diagnostic or quietly
local t={5,4,3,2,1,9,8,7} table.sort(t,function(a,b) for i=#t,1,-1 do table.remove(t) end return a<b end)
