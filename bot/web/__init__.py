"""The web: health, figures, webhooks, the coba page."""
