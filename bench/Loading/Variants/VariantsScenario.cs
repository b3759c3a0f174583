using System.CommandLine;

namespace Orchestrator.Bench.Loading.Variants;

/// <summary><c>variants</c>: what low-precision twins lose in accuracy, and what they save when memory is short.</summary>
static class VariantsScenario
{
    public static Command Create() => ScenarioContext.Command(
        "variants", "What low-precision variants lose in accuracy, and what they save when memory is short",
        [.. QualityPart.Options, .. PressurePart.Options], RunAsync);

    static async Task<string> RunAsync(ScenarioContext context, ParseResult parsed, CancellationToken cancellationToken) =>
        await QualityPart.RunAsync(context, parsed, cancellationToken) + '\n'
        + await PressurePart.RunAsync(context, parsed, cancellationToken);
}
