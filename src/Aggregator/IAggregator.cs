namespace Orchestrator.Aggregator;

/// <summary>Merges what a panel said into one answer.</summary>
public interface IAggregator
{
    /// <summary>What policies call it.</summary>
    string Name { get; }

    /// <summary>
    /// Returns with the first chunk of the merged answer, so that errors before it can still be told. Members that failed
    /// are passed over.
    /// </summary>
    /// <exception cref="Experts.ExpertException">Nobody of the panel answered, or the expert that merges cannot.</exception>
    Task<MergedAnswer> MergeAsync(PanelAnswers panel, CancellationToken cancellationToken);
}
