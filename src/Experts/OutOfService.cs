namespace Orchestrator.Experts;

/// <summary>Why no expert can answer, in words for clients: without folders, as <c>GET /v1/models</c> tells it.</summary>
public static class OutOfService
{
    const int MostTold = 3;

    /// <param name="experts">Those that could be asked, were they not out; others among them are passed over.</param>
    /// <returns>A clause without a full stop.</returns>
    public static string Of(IEnumerable<ExpertSnapshot> experts)
    {
        ExpertSnapshot[] missed =
            [.. experts.Where(expert => expert.Purpose == Configuration.ExpertPurpose.Answer && !expert.IsUsable).OrderBy(expert => expert.Id, StringComparer.Ordinal)];
        if (missed.Length == 0) return "none is configured that answers";
        string told = string.Join("; ", missed.Take(MostTold).Select(expert => $"'{expert.Id}' is out: {Reason(expert)}"));
        return missed.Length > MostTold ? $"{told}; and {missed.Length - MostTold} more are out" : told;
    }

    static string Reason(ExpertSnapshot expert) => expert.Residency == Residency.Quarantined && expert.Reason is { } reason
        ? reason
        : "it needs more than the memory budget";
}
