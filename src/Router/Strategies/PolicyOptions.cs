using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using Orchestrator.Experts.Configuration;

namespace Orchestrator.Router.Strategies;

/// <summary>Binds a policy's options, as written, to the options record of its strategy.</summary>
static class PolicyOptions
{
    /// <param name="problems">Gets a sentence for every option that is unknown, unreadable or out of range.</param>
    /// <returns>The options, defaults where nothing is written; null when there are problems.</returns>
    public static TOptions? Bind<TOptions>(PolicyConfig policy, List<string> problems)
        where TOptions : class, new()
    {
        var options = new TOptions();
        int before = problems.Count;
        Dictionary<string, PropertyInfo> known = typeof(TOptions).GetProperties()
            .ToDictionary(property => property.Name.ToLowerInvariant(), StringComparer.Ordinal);
        foreach ((string name, string text) in policy.Options.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            string where = $"Policy '{policy.Name}' (line {policy.Line}), strategy '{policy.Strategy}'";
            if (!known.TryGetValue(Plain(name), out PropertyInfo? property))
                problems.Add($"{where}: there is no option '{name}'; {NameSuggestion.For(name, known.Keys)}");
            else if (Read(text, property) is { } value)
                property.SetValue(options, value);
            else
                problems.Add($"{where}: option '{name}' is '{text}', but must be {Allowed(property)}.");
        }
        return problems.Count == before ? options : null;
    }

    /// <summary>Files write <c>top_k</c>, <c>top-k</c> or <c>topK</c>; all mean the same option.</summary>
    static string Plain(string name) =>
        name.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();

    static object? Read(string text, PropertyInfo property)
    {
        object? value = Parse(text, property.PropertyType);
        bool inRange = value is not null && property.GetCustomAttributes<ValidationAttribute>().All(rule => rule.IsValid(value));
        return inRange ? value : null;
    }

    static object? Parse(string text, Type type)
    {
        if (type == typeof(int))
            return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int whole) ? whole : null;
        if (type == typeof(double))
            return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : null;
        if (type == typeof(string))
            return text;
        if (type == typeof(bool))
            return text switch { "true" => true, "false" => false, _ => null };
        if (type.IsEnum)
            return Enum.GetValues(type).Cast<object>().FirstOrDefault(value => Name(value) == text);
        throw new NotSupportedException($"Options of type {type} are not bound yet.");
    }

    static string Allowed(PropertyInfo property)
    {
        if (property.PropertyType.IsEnum)
            return string.Join(" or ", Enum.GetValues(property.PropertyType).Cast<object>().Select(Name));
        if (property.PropertyType == typeof(bool))
            return "true or false";
        string kind = property.PropertyType == typeof(int) ? "a whole number" : "a number";
        return property.GetCustomAttribute<RangeAttribute>() is { } range
            ? $"{kind} from {range.Minimum} to {range.Maximum}"
            : kind;
    }

    /// <summary>A choice is written in lower case.</summary>
    static string Name(object choice) => $"{choice}".ToLowerInvariant();
}
