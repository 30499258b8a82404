import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsString, Length } from 'class-validator';

/** Ids as packages give them (1 to 200 characters), at least one and at most `max`, none twice. */
export const IsIdList =
  (max: number): PropertyDecorator =>
  (target, key) => {
    const all = [IsArray(), ArrayMinSize(1), ArrayMaxSize(max), ArrayUnique(), IsString({ each: true }), Length(1, 200, { each: true })];
    for (const decorate of all) decorate(target, key);
  };
