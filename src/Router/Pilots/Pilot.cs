namespace Orchestrator.Router.Pilots;

/// <summary>A place in the base expert's space around which one expert retrieved best for the queries of a domain.</summary>
/// <param name="Domain">Where the queries came from.</param>
/// <param name="Expert">Who won them; the base competes like any other.</param>
/// <param name="Vector">Of length 1: the centre of the queries as the base expert embeds them.</param>
/// <param name="Queries">How many it is the centre of.</param>
public sealed record Pilot(string Domain, string Expert, float[] Vector, int Queries);
