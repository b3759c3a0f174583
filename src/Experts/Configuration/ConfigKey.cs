using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Orchestrator.Experts.Configuration;

/// <summary>
/// One key of a section. The records are the single source: the key is the property's name in snake case, and its
/// attributes say what is allowed.
/// </summary>
sealed class ConfigKey
{
    static readonly ConcurrentDictionary<Type, IReadOnlyList<ConfigKey>> Cache = new();

    readonly PropertyInfo _property;

    ConfigKey(PropertyInfo property)
    {
        _property = property;
        Name = SnakeCase(property.Name);
        Required = property.IsDefined(typeof(RequiredMemberAttribute));
        Nullable = new NullabilityInfoContext().Create(property).WriteState == NullabilityState.Nullable;
        Type = System.Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
    }

    public string Name { get; }

    public bool Required { get; }

    public bool Nullable { get; }

    /// <summary>The value's type without its nullability.</summary>
    public Type Type { get; }

    /// <summary>The record that a list has one of an entry; null when it is no list.</summary>
    public Type? ItemType => Type.IsGenericType && Type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? Type.GetGenericArguments()[0] : null;

    public bool IsPath => _property.IsDefined(typeof(FilePathAttribute));

    public bool IsShorthand => _property.IsDefined(typeof(ShorthandAttribute));

    public RangeAttribute? Range => _property.GetCustomAttribute<RangeAttribute>();

    public ByteSizeAttribute? ByteSize => _property.GetCustomAttribute<ByteSizeAttribute>();

    public DurationAttribute? Duration => _property.GetCustomAttribute<DurationAttribute>();

    public static IReadOnlyList<ConfigKey> Of(Type section) => Cache.GetOrAdd(section, type =>
    [
        .. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.SetMethod is { IsPublic: true } && !p.IsDefined(typeof(NotInFileAttribute)))
            .Select(p => new ConfigKey(p)),
    ]);

    public object? Get(object section) => _property.GetValue(section);

    public void Set(object section, object? value) => _property.SetValue(section, value);

    /// <summary>The values of a choice by the name that files use.</summary>
    public static IReadOnlyDictionary<string, object> Choices(Type type) =>
        Enum.GetValues(type).Cast<object>().ToDictionary(value => SnakeCase($"{value}"), StringComparer.Ordinal);

    static string SnakeCase(string name) =>
        string.Concat(name.Select((c, i) => char.IsUpper(c) ? (i > 0 ? "_" : "") + char.ToLowerInvariant(c) : $"{c}"));
}
