// The theme's options that Sphinx does not write: no versions to switch between, no search while typing.
DOCUMENTATION_OPTIONS.pagename = "";
DOCUMENTATION_OPTIONS.search_as_you_type = false;
