"""CloudFormation and SAM templates, in YAML or JSON: functions with what they are told, what wakes them, state machines.

Resources that no function, queue, topic, bus or machine has to do with say nothing here; conditions count as met and as not met.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flowmap.descriptor_api import Declarations, DescriptorReader, Diagnostic
from flowmap.project.aws.stack import declared, stack_of
from flowmap.project.aws.template import Template, resources_of
from flowmap.project.yaml_nodes import Table, YamlError, documents, table

if TYPE_CHECKING:
    from flowmap.descriptor_api import DescriptorFile

_OURS = re.compile(rb"AWS::(Serverless|Lambda|SQS|SNS|Events|StepFunctions|Kinesis|Pipes|SSM|SecretsManager|CloudFormation)::")


_JSON = re.compile(r".*(template|stack|cloudformation|cfn)[^/]*\.json|.*\.template", re.IGNORECASE)


def _matches(path: str) -> bool:
    return path.endswith((".yml", ".yaml")) or bool(_JSON.fullmatch(path))


def _read(file: DescriptorFile) -> Declarations:
    if b"Resources" not in file.content or not _OURS.search(file.content):
        return Declarations()
    try:
        root = next((table(d) for d in documents(file.content, tagged=True)), Table({}, {}, 0))
    except YamlError as error:
        return Declarations(diagnostics=(Diagnostic(f"template cannot be read: {error}", file.at(1)),))
    resources = resources_of(root)
    return declared(stack_of(Template(file, root, resources))) if resources else Declarations()


READER = DescriptorReader("cloudformation", _matches, _read)
