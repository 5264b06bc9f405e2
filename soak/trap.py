"""The one point at which the product dies next: inside by its fuse, outside by our hand."""

from soak.product import Product


class Trap:
    """Set once, it strikes once."""

    product: Product

    def __init__(self) -> None:
        self._point, self._left, self._struck = "", 0, False

    def set(self, point: str, hits: int = 1) -> None:
        """Inside or outside: only the one that has such a point will come to it."""
        self._point, self._left, self._struck = point, hits, False
        self.product.fuse.arm(point, hits)

    def clear(self) -> None:
        self._point, self._left, self._struck = "", 0, False
        self.product.fuse.disarm()

    @property
    def has_struck(self) -> bool:
        """Whether the product died of it."""
        return self._struck or self.product.fuse.is_burnt

    def reach(self, point: str) -> bool:
        """The outside is at that point; True if it has just killed the product."""
        if point != self._point or self._struck:
            return False
        self._left -= 1
        if self._left > 0:
            return False
        self._struck = True
        self.product.kill()
        return True
