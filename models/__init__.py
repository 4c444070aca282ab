"""What a machine learns: families, layers, loops, data, metrics. Never imports studio or gradio."""
