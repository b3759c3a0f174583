namespace Orchestrator.Router.Routing.Trials;

/// <summary>What a fitted policy makes of one question.</summary>
/// <param name="Scores">One for each expert of the training table, in its order, unclamped; not a number where nothing is known.</param>
/// <param name="Choice">Column of the expert that would answer; −1 where nothing is known of any.</param>
/// <param name="Confidence">0…1: how far the choice can be trusted.</param>
public sealed record Expectation(IReadOnlyList<double> Scores, int Choice, double Confidence);
