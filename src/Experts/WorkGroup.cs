namespace Orchestrator.Experts;

/// <summary>A part of a job that is known from end to end: items that want the same experts.</summary>
/// <param name="Experts">Ids; all of them must be resident together while the group runs.</param>
/// <param name="After">Indices of groups that must be done before this one, each given before it.</param>
public sealed record WorkGroup(IReadOnlyList<string> Experts, int Items, IReadOnlyList<int> After)
{
    /// <summary>Items of one expert that wait for nothing else.</summary>
    public static WorkGroup Of(string expert, int items) => new([expert], items, []);
}
