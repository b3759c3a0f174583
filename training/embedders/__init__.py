"""A base encoder, domain experts that move queries alone, and the encoder of all domains that they are compared with,
from nothing but the documents of a folder of collections."""
