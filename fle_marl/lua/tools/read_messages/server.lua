-- Messages of others. The environment keeps them, and puts them into the answer.

local tool = {name = "read_messages"}

function tool.call()
  return {value = {}, ticks = 0}
end

return tool
