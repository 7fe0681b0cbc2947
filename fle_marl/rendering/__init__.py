"""Pictures of a world, drawn from plain data: images, arrays and text maps.

Nothing here knows a simulator or a server; `fle_marl.rendering.scene` tells what a
scene is. All is drawn by code of this package: no image files are used.
"""

from fle_marl.rendering.ansi import scene_to_text
from fle_marl.rendering.picture import draw_scene, image_to_array

__all__ = ["draw_scene", "image_to_array", "scene_to_text"]
