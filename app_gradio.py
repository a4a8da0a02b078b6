"""The web page: ``python app_gradio.py`` (or ``make app``)."""

from ntmsum.app import launch

if __name__ == "__main__":
    launch()
