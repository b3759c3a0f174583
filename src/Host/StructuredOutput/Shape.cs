namespace Orchestrator.Host.StructuredOutput;

/// <summary>One way to write a value. Numbers are those of rules, in the order in which a schema's parts were met.</summary>
abstract record Shape;

/// <summary>What nests nothing.</summary>
/// <param name="Grammar">In GBNF.</param>
sealed record ScalarShape(string Grammar) : Shape;

/// <summary>One of these texts of JSON.</summary>
sealed record ConstantShape(IReadOnlyList<string> Json) : Shape;

sealed record ListShape(int Item, int Least, int? Most) : Shape;

/// <summary>An object of any names.</summary>
sealed record MapShape(int Value) : Shape;

/// <summary>An object of these properties in this order.</summary>
sealed record ObjectShape(IReadOnlyList<PropertyShape> Properties) : Shape;

sealed record PropertyShape(string Name, int Value, bool Required);

/// <summary>Whatever another rule allows.</summary>
sealed record ReferenceShape(int Rule) : Shape;
