namespace Orchestrator.Host.StructuredOutput;

/// <summary>How objects begin: with the name of a property, and its value where that is a constant, as a discriminator is.</summary>
static class Openings
{
    /// <param name="reached">What each rule comes down to.</param>
    /// <param name="left">Openings that may still be looked at.</param>
    /// <returns>Whether the first property tells any two of these objects apart.</returns>
    /// <exception cref="OpenAi.ApiException">There are more.</exception>
    public static bool Differ(IReadOnlyList<Shape> objects, IReadOnlyList<IReadOnlyList<Shape>> reached, ref int left)
    {
        if (objects.Count < 2) return true;
        if (objects.Any(shape => shape is MapShape)) return false;
        // By name the constants that were met; null is any value.
        var met = new Dictionary<string, HashSet<string>?>(StringComparer.Ordinal);
        foreach (var property in objects.Cast<ObjectShape>().SelectMany(First))
        {
            var values = reached[property.Value];
            var constant = values.All(shape => shape is ConstantShape);
            left -= constant ? values.Cast<ConstantShape>().Sum(shape => shape.Json.Count) : 1;
            if (left < 0) throw SchemaGrammar.Refused("its alternatives may begin in too many ways.");
            if (!met.TryAdd(property.Name, constant ? new HashSet<string>(StringComparer.Ordinal) : null) && (!constant || met[property.Name] is null))
                return false;
            if (constant && !values.Cast<ConstantShape>().SelectMany(shape => shape.Json).All(met[property.Name]!.Add)) return false;
        }

        return true;
    }

    /// <summary>Those that may come first: all up to one that has to.</summary>
    public static IEnumerable<PropertyShape> First(ObjectShape known)
    {
        foreach (var property in known.Properties)
        {
            yield return property;
            if (property.Required) yield break;
        }
    }
}
