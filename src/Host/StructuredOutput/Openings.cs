namespace Orchestrator.Host.StructuredOutput;

/// <summary>How objects begin: with the name of a property, and its value where that is a constant, as a discriminator is.</summary>
static class Openings
{
    /// <param name="reached">What a rule comes down to.</param>
    /// <returns>Whether the first property tells any two of these objects apart.</returns>
    public static bool Differ(IReadOnlyList<Shape> objects, Func<int, IReadOnlyList<Shape>> reached)
    {
        if (objects.Any(shape => shape is MapShape)) return false;
        return objects.Cast<ObjectShape>()
            .SelectMany(known => First(known).SelectMany(property => Constants(reached(property.Value)).Select(value => (property.Name, Value: value))))
            .GroupBy(opening => opening.Name, opening => opening.Value, StringComparer.Ordinal)
            .All(values => values.Count() == 1 || (!values.Contains(null) && values.Distinct(StringComparer.Ordinal).Count() == values.Count()));
    }

    /// <summary>Those that may come first: all up to one that has to.</summary>
    static IEnumerable<PropertyShape> First(ObjectShape known)
    {
        foreach (var property in known.Properties)
        {
            yield return property;
            if (property.Required) yield break;
        }
    }

    /// <returns>Null among them where it may be anything.</returns>
    static string?[] Constants(IReadOnlyList<Shape> value) =>
        value.All(shape => shape is ConstantShape) ? [.. value.Cast<ConstantShape>().SelectMany(shape => shape.Json)] : [null];
}
