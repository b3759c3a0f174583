namespace Orchestrator.Experts.Scheduling.Lookahead;

/// <summary>Work that is known from end to end.</summary>
/// <param name="Budget">Bytes that all experts share.</param>
/// <param name="Resident">Experts that are loaded at the start.</param>
sealed record LookaheadProblem(
    IReadOnlyList<LookaheadExpert> Experts, IReadOnlyList<LookaheadGroup> Groups, long Budget, IReadOnlyList<int> Resident)
{
    /// <summary>Weights that several experts use: in memory once, from the first of them to the last.</summary>
    public IReadOnlyList<LookaheadBase> Bases { get; init; } = [];

    /// <summary>Refuses what no order can solve; tells the index of the group at fault.</summary>
    public void Validate()
    {
        if (Bytes(Resident) > Budget)
            throw new InvalidDataException("what is resident exceeds the budget");
        for (var g = 0; g < Groups.Count; g++)
        {
            if (Bytes(Groups[g].Experts) > Budget)
                throw new InvalidDataException($"group {g} exceeds the budget");
            if (Groups[g].After.Any(p => p < 0 || p >= g))
                throw new InvalidDataException($"group {g} follows a group that is not given before it");
        }
    }

    /// <summary>What these experts take together.</summary>
    public long Bytes(IEnumerable<int> experts)
    {
        int[] all = [.. experts.Distinct()];
        return all.Sum(e => Experts[e].Bytes) + BasesOf(all).Sum(b => Bases[b].Bytes);
    }

    public IEnumerable<int> BasesOf(IEnumerable<int> experts) => experts.Select(e => Experts[e].Base).Where(b => b >= 0).Distinct();
}

/// <param name="Bytes">Without its base.</param>
/// <param name="LoadSeconds">The same.</param>
/// <param name="Base">Index of the weights that it shares; -1 where all it takes is its own.</param>
readonly record struct LookaheadExpert(long Bytes, double LoadSeconds, int Base = -1);

readonly record struct LookaheadBase(long Bytes, double LoadSeconds);

/// <summary>Items that want the same experts resident together.</summary>
/// <param name="After">Groups that must be done before, each given before this one: the given order is always possible.</param>
sealed record LookaheadGroup(IReadOnlyList<int> Experts, int Items, IReadOnlyList<int> After);

/// <summary>Evict, then load, then do the group.</summary>
readonly record struct LookaheadStep(int Group, IReadOnlyList<int> Evicts, IReadOnlyList<int> Loads);

/// <param name="LoadSeconds">Of all loads together.</param>
sealed record LookaheadPlan(IReadOnlyList<LookaheadStep> Steps, double LoadSeconds);
