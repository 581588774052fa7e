# x
LuaS