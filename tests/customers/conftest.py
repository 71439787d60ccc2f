from tests.cast import cast, laid_cast

__all__ = ["cast", "laid_cast"]
