"""flow7 in SpiffWorkflow, in memory: prints instances per CPU-second."""

import sys
import time

from SpiffWorkflow import TaskState
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow

parser = BpmnParser()
parser.add_bpmn_file(sys.argv[1])
spec = parser.get_spec("flow7")
begun, instances, completions = time.process_time(), 0, 0
while time.process_time() - begun < float(sys.argv[2]):
    workflow = BpmnWorkflow(spec)
    workflow.do_engine_steps()
    while ready := workflow.get_tasks(state=TaskState.READY, manual=True):
        ready[0].run()
        workflow.do_engine_steps()
        completions += 1
    assert workflow.is_completed()
    instances += 1
took = time.process_time() - begun
assert completions == instances * 7
print(instances / took)
