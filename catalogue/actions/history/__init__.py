"""What notes said before: kept with every save, shown as what changed, brought back."""
