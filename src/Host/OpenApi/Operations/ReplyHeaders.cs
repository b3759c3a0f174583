using Orchestrator.Host.OpenApi.Schemas;

namespace Orchestrator.Host.OpenApi.Operations;

/// <summary>Headers of answers, which tell who answered and why.</summary>
static class ReplyHeaders
{
    static readonly ReplyHeader Expert = new("x-orchestrator-expert", Schema.Text("Who answers, an expert's id; several are separated by commas."));

    public static ReplyHeader[] Answer { get; } =
    [
        Expert,
        new("x-orchestrator-policy", Schema.Text("The policy that chose; 'direct' where the request named the expert.")),
        new("x-orchestrator-confidence", Schema.Number("How sure the policy is of the expert, 0 to 1; absent where nothing supports a number.", 0, 1)),
        new("x-orchestrator-coverage", Schema.Text(
            "Whether what was profiled supports the choice; absent without a profile.", "covered", "wrong-specialist", "no-specialist", "novel")),
        new("x-orchestrator-distance", Schema.Number("How far the question lies from what was profiled, in standard deviations from what is usual.")),
        new("x-orchestrator-wait-ms", Schema.Whole("Milliseconds from the question until what the answer needed was loaded and free.", 0)),
        new("x-orchestrator-variant", Schema.Text("The low-precision variant that answers; absent when it is the expert itself.")),
        new("x-orchestrator-asked", Schema.Text("Experts that were asked one after the other for more evidence, separated by commas; only for policies with `evidence`.")),
    ];

    public static ReplyHeader[] Embedded { get; } = [Expert, new("x-orchestrator-space", Schema.Text("The space of the vectors: those of one space can be compared, others never."))];
}
