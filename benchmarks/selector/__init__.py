"""How the sentence selector (index/encoders/selector) was trained, and on what."""
