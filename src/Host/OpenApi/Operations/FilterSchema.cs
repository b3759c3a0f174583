using Microsoft.OpenApi;
using Orchestrator.Host.OpenApi.Schemas;

namespace Orchestrator.Host.OpenApi.Operations;

/// <summary>Conditions on metadata, in a form that is a part of Qdrant's.</summary>
static class FilterSchema
{
    public static OpenApiSchema Sent(string description) => Schema.Object(
        description,
        ("must", Schema.List("All of these hold.", Condition, most: 64)),
        ("should", Schema.List("At least one of these holds.", Condition, most: 64)),
        ("must_not", Schema.List("None of these holds.", Condition, most: 64)));

    public static OpenApiSchema Condition => Schema.Object(
        "A condition: either `match` or `range`.",
        ("key", Schema.Text("A field of the metadata.")),
        ("match", Match),
        ("range", Range)
    ).Needs("key");

    public static OpenApiSchema Match => Schema.Object(
        "The field has a value: either `value` or `any`.",
        ("value", Value),
        ("any", Schema.List("One of these, all texts or all whole numbers.", Value, most: 256)));

    public static OpenApiSchema Range => Schema.Object(
        "The field is a number within bounds, of which there is at least one.",
        ("gt", Schema.Number("Above this.")),
        ("gte", Schema.Number("At least this.")),
        ("lt", Schema.Number("Below this.")),
        ("lte", Schema.Number("At most this.")));

    static OpenApiSchema Value => Schema.Either("What is matched.", Schema.Text("A text."), Schema.Whole("A whole number."), Schema.Flag("A flag."));
}
