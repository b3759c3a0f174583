namespace Orchestrator.Bench.Routing.Drift;

/// <summary>Who tells what of the answers.</summary>
/// <param name="Verdicts">Experts of the plan that each verdict is about: 0 is no feedback, 1 the primary alone.</param>
/// <param name="Poisoned">Share of the verdicts that say the opposite of what is true.</param>
/// <param name="Liars">Clients that those come from.</param>
sealed record DriftVariant(string Name, int Verdicts, double Poisoned = 0, int Liars = 0)
{
    /// <summary>All clients together; the honest are the others.</summary>
    public const int Clients = 50;

    public static IReadOnlyList<DriftVariant> All { get; } =
    [
        new("no feedback", 0),
        new("honest", 1),
        new("10% poisoned by one client", 1, 0.1, 1),
        new("10% poisoned by 5 of 50 clients", 1, 0.1, 5),
        new("30% poisoned by one client", 1, 0.3, 1),
        new("30% poisoned by 15 of 50 clients", 1, 0.3, 15),
        new("honest, of a panel of 3", 3),
        new("30% poisoned by 15 of 50 clients, of a panel of 3", 3, 0.3, 15),
    ];
}
