"""Reports of one matter: found alike, merged, parted."""
