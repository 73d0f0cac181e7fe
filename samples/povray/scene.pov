// A marketplace of machines: stalls around a square, each a computer of glass and brass under its lantern,
// and in the middle the golden coin that all of them work for.
#version 3.7;
global_settings { assumed_gamma 1.0 max_trace_level 8 }

#declare Seed = seed(2017);

camera {
  location <0, 5.2, -12.5>
  look_at <0, 1.15, 0>
  right x*image_width/image_height
  angle 44
}

light_source { <-14, 18, -16> color rgb <1.0, 0.93, 0.82>*0.95 }
light_source { <16, 9, -6> color rgb <0.35, 0.45, 0.75>*0.55 shadowless }

sky_sphere {
  pigment {
    gradient y
    color_map {
      [0.00 rgb <0.98, 0.62, 0.34>]
      [0.16 rgb <0.70, 0.36, 0.44>]
      [0.45 rgb <0.18, 0.16, 0.38>]
      [1.00 rgb <0.03, 0.04, 0.14>]
    }
  }
}

// The square: polished tiles that mirror what stands on them.
plane {
  y, 0
  texture {
    pigment { checker color rgb <0.13, 0.13, 0.17>, color rgb <0.42, 0.40, 0.42> scale 1.1 }
    finish { ambient 0.05 diffuse 0.65 specular 0.4 roughness 0.02 reflection { 0.06, 0.38 fresnel off } }
  }
}

#declare Gold = texture {
  pigment { color rgb <1.0, 0.74, 0.22> }
  finish { ambient 0.06 diffuse 0.45 specular 0.9 roughness 0.01 metallic reflection { 0.35 metallic } }
}
#declare Brass = texture {
  pigment { color rgb <0.72, 0.52, 0.26> }
  finish { ambient 0.05 diffuse 0.5 specular 0.6 roughness 0.03 metallic reflection { 0.18 metallic } }
}
#declare Mirror = texture {
  pigment { color rgb <0.92, 0.94, 1.0> }
  finish { ambient 0.02 diffuse 0.12 specular 1 roughness 0.003 reflection { 0.78 } }
}

// The coin, with the hole that lets the evening through.
union {
  difference {
    cylinder { <0, 0, -0.16>, <0, 0, 0.16>, 1.25 }
    cylinder { <0, 0, -0.20>, <0, 0, 0.20>, 0.52 }
    torus { 0.90, 0.06 rotate 90*x translate -0.16*z }
    texture { Gold }
  }
  torus { 1.25, 0.16 rotate 90*x texture { Gold } }
  torus { 0.52, 0.09 rotate 90*x texture { Gold } }
  rotate 24*y
  translate <0, 1.72, 0>
}
cylinder { <0, 0, 0>, <0, 0.22, 0>, 1.05 texture { Brass } }
cylinder { <0, 0.22, 0>, <0, 0.34, 0>, 0.72 texture { Brass } }

// One stall: a cabinet with rows of lamps, a mirror ball on top, an awning over it.
#macro Stall(Hue)
  union {
    box { <-0.75, 0, -0.45>, <0.75, 1.35, 0.45> texture { pigment { color rgb <0.10, 0.11, 0.14> } finish { specular 0.5 roughness 0.02 reflection 0.10 } } }
    box { <-0.82, 1.35, -0.52>, <0.82, 1.43, 0.52> texture { Brass } }
    #for (Row, 0, 3)
      #for (Column, 0, 5)
        #local Lit = rand(Seed);
        sphere {
          <-0.5 + Column*0.2, 0.3 + Row*0.27, -0.46>, 0.055
          pigment { rgb Hue*(0.25 + 0.75*Lit) + 0.05 }
          finish { ambient 0 emission 0.25 + 0.9*Lit specular 0.6 }
        }
      #end
    #end
    sphere { <0, 1.86, 0>, 0.43 texture { Mirror } }
    cylinder { <-0.75, 0, 0.4>, <-0.75, 2.75, 0.4>, 0.04 texture { Brass } }
    cylinder { <0.75, 0, 0.4>, <0.75, 2.75, 0.4>, 0.04 texture { Brass } }
    #for (Stripe, 0, 7)
      box {
        <-1.0 + Stripe*0.25, 0, -0.95>, <-0.75 + Stripe*0.25, 0.035, 0.55>
        pigment { #if (mod(Stripe, 2) = 0) rgb Hue*0.75 + 0.06 #else color rgb <0.95, 0.91, 0.84> #end }
        finish { ambient 0.12 diffuse 0.75 }
        rotate -14*x
        translate 2.72*y
      }
    #end
  }
#end

#declare Hues = array[7] {
  <1.0, 0.25, 0.20>, <1.0, 0.70, 0.10>, <0.35, 0.90, 0.30>, <0.15, 0.75, 0.95>,
  <0.30, 0.40, 1.00>, <0.75, 0.30, 0.95>, <1.0, 0.35, 0.65>
}

// Seven stalls in a half circle, each turned to the coin.
#for (Number, 0, 6)
  #local Turn = -84 + Number*28;
  object { Stall(Hues[Number]) translate 4.9*z rotate Turn*y }
#end

// Marbles that rolled away from the trade: glass and mirrors.
#for (Number, 0, 15)
  #local Angle = rand(Seed)*360;
  #local Far = 1.7 + rand(Seed)*2.0;
  #local Size = 0.13 + rand(Seed)*0.17;
  sphere {
    <Far*cos(radians(Angle)), Size, -0.6 + Far*sin(radians(Angle))>, Size
    #if (mod(Number, 3) = 0)
      texture { Mirror }
    #else
      #local Tint = Hues[mod(Number, 7)];
      texture {
        pigment { rgb Tint*0.35 + 0.62 filter 0.88 }
        finish { ambient 0.02 diffuse 0.1 specular 0.9 roughness 0.004 reflection { 0.04, 0.5 fresnel on } conserve_energy }
      }
      interior { ior 1.45 }
    #end
  }
#end
