namespace Orchestrator.Bench.Loading.Panels;

/// <summary>A request that wants the answers of several experts.</summary>
readonly record struct PanelDraw(string Question, IReadOnlyList<string> Members)
{
    /// <summary>Distinct members of each panel, drawn from a seed, in random order.</summary>
    public static IReadOnlyList<PanelDraw> Create(ScenarioContext context, int requests, int members)
    {
        if (members < 1 || members > context.Ids.Count)
            throw new ArgumentOutOfRangeException(nameof(members), members, $"A panel has 1 to {context.Ids.Count} experts.");
        var random = new Random(context.Options.Seed);
        return [.. Enumerable.Range(0, requests).Select(i => new PanelDraw(context.Question(i), Draw()))];

        string[] Draw()
        {
            string[] ids = [.. context.Ids];
            random.Shuffle(ids);
            return ids[..members];
        }
    }
}
