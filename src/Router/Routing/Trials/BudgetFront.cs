namespace Orchestrator.Router.Routing.Trials;

/// <summary>What quality each budget buys.</summary>
/// <param name="Points">Smallest first; empty where no sizes are known.</param>
/// <param name="Gap">No map within a budget is better than the point that fits it by more; null is unknown.</param>
/// <param name="Notes">Sentences on experts that no point has.</param>
public sealed record BudgetFront(IReadOnlyList<BudgetPoint> Points, double? Gap, IReadOnlyList<string> Notes);

/// <summary>A composition that no other beats in both.</summary>
/// <param name="Size">The smallest budget that it fits.</param>
/// <param name="Quality">Expected mean score.</param>
/// <param name="Experts">Distinct experts of the map.</param>
public sealed record BudgetPoint(double Size, double Quality, IReadOnlyList<string> Experts);
