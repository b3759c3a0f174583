namespace Orchestrator.Bench.Loading.Answering;

/// <summary>
/// Asks every expert once. A process that is new to a machine pays for its first memory and its first code, which is not
/// what is compared.
/// </summary>
static class WarmUp
{
    public static async Task RunAsync(ScenarioContext context, IAnswerer answerer, CancellationToken cancellationToken)
    {
        foreach (string expert in context.Ids)
            await answerer.AskAsync(expert, "warm-up", context.Options.Tokens, cancellationToken);
    }
}
