namespace Orchestrator.Experts.Panels;

/// <summary>
/// Asks a panel of experts the same question. Every pair of request and expert is queued with the scheduler at once, which
/// groups them by expert: with room for one expert, the panels of many requests run expert by expert, each loaded about
/// once, and the answers that are there are kept until the last one has come.
/// </summary>
public static class PanelRun
{
    /// <param name="find">Gives the expert of an id. Throws for one that was removed since the panel was recruited.</param>
    /// <returns>One answer for each id, in the panel's order; a member that fails or is gone spoils nobody else's.</returns>
    public static async Task<IReadOnlyList<PanelAnswer>> AskAsync(
        IEnumerable<string> panel, Func<string, IExpert> find, ExpertCall call, CancellationToken cancellationToken = default) =>
        await Task.WhenAll(panel.Select(id => PanelCall.Ask(id, find, call, cancellationToken).Answer));
}
