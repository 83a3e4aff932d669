package io.twinflow.workflowdefs.value;

/**
 * A CWL value: what flows along the links of a workflow. Immutable. CWL v1.2, section "Data
 * concepts".
 */
public sealed interface Value
    permits NullValue,
        BooleanValue,
        IntegerValue,
        DecimalValue,
        StringValue,
        FileValue,
        DirectoryValue,
        ListValue,
        RecordValue {}
