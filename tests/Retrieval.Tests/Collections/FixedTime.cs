namespace Orchestrator.Retrieval.Tests.Collections;

/// <summary>The hour at which test collections are made.</summary>
sealed class FixedTime : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);
}
