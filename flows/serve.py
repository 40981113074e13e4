"""The serving process: takes the runs of ``review_case`` from the server and executes them."""

from __future__ import annotations

from pathlib import Path

from prefect import serve as serve_deployments
from prefect.deployments.runner import RunnerDeployment
from prefect.flows import Flow

from flows import review_flow
from flows.prefect_api import DEPLOYMENT_NAME

PARALLEL_RUNS = 2


def main() -> None:
    """Serve until told to stop."""
    path = Path(review_flow.__file__)
    loaded = Flow.from_source(source=str(path.parent), entrypoint=f"{path.name}:review_case")
    assert isinstance(loaded, Flow)
    deployment = loaded.to_deployment(DEPLOYMENT_NAME)
    assert isinstance(deployment, RunnerDeployment)
    serve_deployments(deployment, limit=PARALLEL_RUNS)


if __name__ == "__main__":
    main()
