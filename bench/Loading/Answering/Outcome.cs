using Orchestrator.Experts;

namespace Orchestrator.Bench.Loading.Answering;

/// <summary>How one request ended: with an answer, or with the reason why not.</summary>
sealed record Outcome(Answer Answer, string? Failure)
{
    public static async Task<Outcome> OfAsync(
        IAnswerer answerer, string expert, string prompt, int tokens, TimeSpan timeout, TimeProvider time,
        CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return new Outcome(await answerer.AskAsync(expert, prompt, tokens, either.Token), null);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new Outcome(default, $"no answer within {timeout.TotalSeconds:0} s");
        }
        catch (Exception e) when (e is ExpertException or HttpRequestException or IOException or InvalidDataException)
        {
            return new Outcome(default, e.Message);
        }
    }
}
