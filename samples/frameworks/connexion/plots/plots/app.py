"""The web application: what it serves stands in the documents."""

from pathlib import Path

import connexion

DOCUMENTS = Path(__file__).parent.parent
app = connexion.AsyncApp("plots", specification_dir=DOCUMENTS)
app.add_api("openapi.yaml", validate_responses=True)
app.add_api("health.yaml", base_path="/internal")
