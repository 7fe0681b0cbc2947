-- The engine's side of the data stage, for extract_prototypes.py: what the game itself
-- offers to the Lua files of its prototypes.

serpent = {block = tostring, line = tostring, dump = tostring}
mods = {base = FACTORIO_VERSION}
settings = {startup = {}, global = {}, player = {}}
function log() end
function table_size(t)
  local size = 0
  for _ in next, t do size = size + 1 end
  return size
end

local stock_require = require
function require(name)
  name = name:gsub("%.lua$", ""):gsub("^__(%w+)__[./]", "%1/")
  return stock_require(name)
end
-- the pictures behind the main menu: not part of draftsman's tree, nothing of the rules
package.preload["base/menu-simulations/menu-simulations"] = function() return {} end

local builtin = {}
for name in pairs(package.loaded) do builtin[name] = true end
function enter_mod(root, mod)
  for name in pairs(package.loaded) do
    if not builtin[name] then package.loaded[name] = nil end
  end
  package.path = table.concat(
    {root .. "/" .. mod .. "/?.lua", root .. "/core/lualib/?.lua", root .. "/?.lua"}, ";")
end

-- The game's Lua visits the keys of a table in the order in which they were added; where
-- the data stage loops over prototypes, the order of what it makes depends on that.
local function remember_order(prototypes)
  local names = {}
  return setmetatable(prototypes, {
    __newindex = function(self, name, prototype)
      names[#names + 1] = name
      rawset(self, name, prototype)
    end,
    __pairs = function(self)
      local i = 0
      return function()
        i = i + 1
        return names[i], self[names[i]]
      end
    end,
  })
end
function watch(raw)
  setmetatable(raw, {__newindex = function(self, kind, prototypes)
    rawset(self, kind, remember_order(prototypes))
  end})
end

-- The figures of an ore are arguments of a function that turns them into a noise program.
ore_figures = {}
function keep_ore_figures()
  local library = require("resource-autoplace")
  local make_settings = library.resource_autoplace_settings
  library.resource_autoplace_settings = function(figures)
    ore_figures[figures.name] = figures
    return make_settings(figures)
  end
end
function default_collision_mask(kind)
  return require("collision-mask-util").get_default_mask(kind)
end
