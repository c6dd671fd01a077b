//! Snapshots of small answers made by hand, at 80 columns without colours.
