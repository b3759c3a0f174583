namespace Orchestrator.Host.StructuredOutput;

/// <summary>A part of a schema as the ways to write what it describes.</summary>
/// <param name="Pointer">Where it stands, for messages.</param>
sealed record SchemaRule(string Pointer, IReadOnlyList<Shape> Shapes);
