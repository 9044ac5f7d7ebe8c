target_sources(models PRIVATE)
